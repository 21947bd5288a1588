"""What is installed: its versions here, its packages and their lives below."""
