"""run_crawl: one crawl in this process. A reactor cannot start twice, so every run is a child process."""

from scrapy.crawler import CrawlerProcess

from crawler.job import CrawlJob
from crawler.settings import build_settings
from crawler.spiders.site import SiteSpider


def run_crawl(job: CrawlJob) -> None:
    """Crawl the sites of a job to the end; captures are in the store when this returns. A failed write is raised."""
    process = CrawlerProcess(settings=build_settings(job.policy, job.sites))
    crawler = process.create_crawler(SiteSpider)
    process.crawl(crawler, job=job)
    process.start()
    spider = crawler.spider
    if isinstance(spider, SiteSpider) and spider.archive.error:
        raise spider.archive.error
