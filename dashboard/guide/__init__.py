"""The guide in Vietnamese, from docs/huong-dan, inside the product."""
