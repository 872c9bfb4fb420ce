/** Programs on the device: loading their files, their address spaces, their traps. */
package k23.runtime.program;
