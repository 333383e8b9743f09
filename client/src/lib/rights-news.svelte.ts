import { house as words } from './words/en/house.ts';

/** What somebody did to my rights while this page was open, until I have read it. */
class RightsNews {
  text = $state('');

  /** @param by whose doing it was. @param closed the right for want of which a page closed, in words */
  tell(by: string | undefined, closed?: string): void {
    this.text = closed === undefined ? words.rightsChanged(by) : words.pageClosed(by, closed);
  }

  dismiss(): void {
    this.text = '';
  }
}
export const rightsNews = new RightsNews();
