"""What a person does: plain functions, the same for window, command line and tests."""
