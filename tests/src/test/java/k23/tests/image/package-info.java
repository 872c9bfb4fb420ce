/** Images as the machine sees them: what was signed boots, anything else does not. */
package k23.tests.image;
