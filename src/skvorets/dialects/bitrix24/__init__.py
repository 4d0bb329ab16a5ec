"""The Bitrix24 REST dialect: documented methods, events, OAuth and batch over the core."""
