"""How it is shown: pages, components and figures over plain values from dashboard.data."""
