"""The baseline: bare Scrapy with default settings and its LinkExtractor, following every link of the generated sites."""

import sys
from collections.abc import AsyncIterator, Iterator

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.linkextractors import LinkExtractor


class Bare(scrapy.Spider):
    name = "bare"
    handle_httpstatus_list = (404, 500)
    links = LinkExtractor(deny_extensions=[], allow=[r"^http://127\.1\.0\."])

    async def start(self) -> AsyncIterator[scrapy.Request]:
        for number in range(int(sys.argv[2])):
            yield scrapy.Request(f"http://127.1.0.{number + 1}:{sys.argv[1]}/")

    def parse(self, response: Response) -> Iterator[scrapy.Request]:
        if response.status == 200 and isinstance(response, scrapy.http.TextResponse):
            for link in self.links.extract_links(response):
                yield scrapy.Request(link.url)


if __name__ == "__main__":
    process = CrawlerProcess(settings={"LOG_LEVEL": "ERROR"})
    process.crawl(Bare)
    process.start()
