"""A national campaign and its provinces: cloned in one act, texts inherited until edited, one sum."""
