package com.shareuptime.streams.proof.drill;

import org.jdbi.v3.core.Handle;

/** Posts that the traffic leaves alone: what is lost of them stays lost. */
record RestingPosts(Handle handle) {
  private static final int POSTS_OF_AN_AUTHOR = 50;

  private static final String CREATE =
      """
      with authors as (
        insert into public.users (username, display_name)
        select 'resting' || i, 'Resting' from generate_series(1, %d) i
        returning id)
      insert into public.posts (author_id, content)
      select id, 'a post that rests' from authors cross join generate_series(1, %d)
      """;

  private static final String LIKE_EACH =
      """
      insert into public.likes (target_type, target_id, user_id)
      select 'post', p.id, p.author_id
      from public.posts p join public.users u on u.id = p.author_id
      where u.username like 'resting%'
      """;

  /** At least so many. */
  void create(int posts) {
    handle.execute(CREATE.formatted(1 + (posts - 1) / POSTS_OF_AN_AUTHOR, POSTS_OF_AN_AUTHOR));
  }

  /** Once, in one transaction. */
  void likeEach() {
    handle.execute(LIKE_EACH);
  }
}
