/**
 * The signed container (docs/FORMATS.md): {@link k23.loader.container.SignedContainer} holds what
 * has been verified and nothing else.
 */
package k23.loader.container;
