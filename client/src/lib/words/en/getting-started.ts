/** What the dashboard says to somebody who has just accepted an invitation. */
export const gettingStarted = {
  title: (firstName: string) => `First steps, ${firstName}`,
  photo: { name: 'Choose a photo', text: 'Shown wherever you are named.' },
  departments: { name: 'Departments’ notifications', text: 'Whose tickets you hear of.' },
  signature: { name: 'Write a signature', text: 'Stands under what you send.' },
  shortcuts: { name: 'Single-key shortcuts', text: 'On or off; ? lists them on every page.' },
  putAway: 'Put this away',
};
