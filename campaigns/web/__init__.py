"""The doors: who is looking. A request comes in, a page goes out."""
