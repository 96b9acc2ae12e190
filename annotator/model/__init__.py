"""What the program is about: records, offsets, status, lanes; pure, no input or output."""
