"""Foreign articles become blocks of text with zones."""
