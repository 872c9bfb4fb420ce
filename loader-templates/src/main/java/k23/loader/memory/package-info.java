/**
 * Physical memory and page tables, as the loader needs them: a {@link k23.loader.memory.MemoryMap}
 * from which frames are taken, and {@link k23.loader.memory.PageTables} that the payload runs on.
 */
package k23.loader.memory;
