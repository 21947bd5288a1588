"""The suite of the native messaging host."""
