-- Every table, view and column of a table carries a comment, for the data dictionary.
select
    'table' as kind,
    table_name as name
from duckdb_tables()
where database_name = current_database()
    and coalesce(comment, '') = ''
union all
select
    'view',
    view_name
from duckdb_views()
where database_name = current_database()
    and not internal
    and coalesce(comment, '') = ''
union all
select
    'column',
    table_name || '.' || column_name
from duckdb_columns()
where database_name = current_database()
    and not internal
    and table_name in (
        select table_name
        from duckdb_tables()
        where database_name = current_database()
    )
    and coalesce(comment, '') = ''
