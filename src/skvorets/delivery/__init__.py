"""Events to handlers: what leaves the server by HTTP, when it is repeated, and to which addresses it may go."""
