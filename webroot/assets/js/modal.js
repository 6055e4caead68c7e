/** What makes a dialog open for as long as it is in the document; afterwards the focus is where it was before. */
export const modal = {
  onVnodeMounted: ({ el }) => el.showModal(),
  onVnodeBeforeUnmount: ({ el }) => el.close(),
};
