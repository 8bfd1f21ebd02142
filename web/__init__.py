"""The console: what `inspection` shows and does, for people with a browser. Every control is a link, a button or a form."""
