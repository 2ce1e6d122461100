"""What campaigns need in goods, who promised to bring it, and what came: needs, pledges, stock."""
