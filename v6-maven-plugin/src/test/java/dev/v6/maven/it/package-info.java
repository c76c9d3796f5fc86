// SPDX-License-Identifier: Apache-2.0
/** What the scripts in src/it read images with. */
package dev.v6.maven.it;
