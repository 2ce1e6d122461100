"""What `make` calls: set-up, assets, running, testing, translations."""
