"""What must never happen, tried many times: few tries in `make test`, many in `make soak`."""
