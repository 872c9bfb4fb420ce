/** Work that the machine's harts share before the payload runs. */
package k23.loader.work;
