// Search posts or reels. Try it on a local stack, in this package's folder:
//   eval "$(../streams env)" && export OPENSEARCH_URL && node examples/search.mjs '{"text": "coffee", "sort": "hot"}'
// With "all": true it prints all pages, one a line.
import { createStreams } from "@shareuptime/streams";

const { search } = createStreams({ opensearchUrl: process.env.OPENSEARCH_URL });
const { all, ...query } = JSON.parse(process.argv[2]);
if (all) {
  for await (const page of search.pages(query)) console.log(JSON.stringify(page));
} else {
  console.log(JSON.stringify(await search.page(query), null, 2));
}
