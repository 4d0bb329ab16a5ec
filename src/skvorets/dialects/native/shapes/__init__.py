"""What the native API answers with: the shapes that several resources share. Names are camelCase on the wire."""
