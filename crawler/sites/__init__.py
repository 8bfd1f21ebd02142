"""One site's crawl: where it starts, what is in scope, what is asked again, what an answer brings."""
