/** What ties a control to its label and its line of help: to be spread on a control of one's own inside a `Field`. */
export interface Control {
  id: string;
  name: string | undefined;
  required: boolean;
  'aria-describedby': string;
  'aria-invalid': 'true' | undefined;
}
