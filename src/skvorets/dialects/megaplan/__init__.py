"""The Megaplan dialect: messages, employees and favourites of Megaplan's API v1, for its own unchanged clients."""
