/** The user's machine: files, folders for keys and caches, and what is installed. */
package k23.cli.host;
