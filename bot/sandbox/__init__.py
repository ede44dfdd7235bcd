"""A world around the bot, in one process: its own Bot API server, mailbox, clock, and a page to play all people on."""
