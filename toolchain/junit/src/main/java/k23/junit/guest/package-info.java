/** What tests use in the virtual machine: {@link k23.junit.guest.Check}, and how a test ends. */
package k23.junit.guest;
