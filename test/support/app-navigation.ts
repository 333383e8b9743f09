/** SvelteKit's `$app/navigation` for components that are tested outside the app: there is nowhere to go. */
export const goto = (address: string): Promise<void> => Promise.reject(new Error(`a component went to ${address}`));
