"""Pictures and papers people send for pages of ours: painted anew in several sizes, kept with who agreed to be seen."""
