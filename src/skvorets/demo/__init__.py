"""A whole company on a laptop: people, chats, tasks, a talking bot, credentials to build one's own."""
