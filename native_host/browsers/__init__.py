"""How browsers find the host: their folders, the manifests in them, and what the doctor sees there."""
