"""Sample data: thirty-one invented campaigns told in TOML, and the loader that lives them through the real actions."""
