"""How it is shown: one module a format. Renderers take documents and never look into the model."""
