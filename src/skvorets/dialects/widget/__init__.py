"""The live chat on other people's pages: its loader, its frame, and the small API that the frame speaks."""
