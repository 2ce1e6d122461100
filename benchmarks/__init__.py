"""How fast the house is, measured against limits of the same machine in the same run."""
