"""The doctor: what is right and what is not, one line each, and how to mend it."""
