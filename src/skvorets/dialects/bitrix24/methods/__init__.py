"""One documented method, one file, named as documented: ``im.message.add`` is ``im_message_add.py``."""
