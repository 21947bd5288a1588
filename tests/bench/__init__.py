"""What the product costs and how well it finds numbers: measured on this machine, in one run."""
