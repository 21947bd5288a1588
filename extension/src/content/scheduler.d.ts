// Prioritised tasks: in both browsers of the floor, and not yet in TypeScript's own library.

declare const scheduler: {
  postTask(
    task: () => void,
    options: { readonly priority: "user-blocking" | "user-visible" | "background" },
  ): Promise<void>;
};
