"""How it is shown: rooms by subject, each with pages, parts and data over plain values."""

CALLBACKS = "/_dash-update-component"  # where the browser's Dash posts, whatever it asks
