/** What doctor examines: each check looks at one thing and knows how it is mended. */
package com.shareuptime.streams.cli.check;
