"""How the server takes requests and sends answers, so that no slow line holds up a reader."""
