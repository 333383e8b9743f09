/** Names of facts and of fields that changed, where taking them apart (`rowsPerPage`) would not make them readable. */
export const factNames: Record<string, string> = {};
