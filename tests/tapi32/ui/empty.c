/* SPDX-License-Identifier: Apache-2.0 */
/* A shared object that is no user interface module: it exports nothing that is asked for. */
int nothing_of_interest(void);
int nothing_of_interest(void) {
  return 0;
}
