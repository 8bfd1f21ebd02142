"""run_crawl: one crawl in this process. A reactor cannot start twice, so every run is a child process."""

from scrapy.crawler import CrawlerProcess

from crawler.job import CrawlJob
from crawler.settings import build_settings
from crawler.spiders.site import SiteSpider


def run_crawl(job: CrawlJob) -> None:
    """Crawl the sites of a job to the end; captures are in the store when this returns."""
    process = CrawlerProcess(settings=build_settings(job.policy, job.sites), install_root_handler=True)
    process.crawl(SiteSpider, job=job)
    process.start()
