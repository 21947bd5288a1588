"""The packages for Linux and the stores: built, looked into, installed, used, upgraded, removed."""
