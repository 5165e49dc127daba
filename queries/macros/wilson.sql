-- Both ends of the 95 % Wilson score interval of k out of n; null where n is 0.
-- Wilson, J Am Stat Assoc 1927;22:209; 1.959963984540054 is the 97.5 % point of the normal.
create macro wilson_low(k, n) as
    case
        when n > 0 then greatest(
            0.0,
            (
                k + 1.959963984540054 ^ 2 / 2
                - 1.959963984540054 * sqrt(k * (n - k)::double / n + 1.959963984540054 ^ 2 / 4)
            ) / (n + 1.959963984540054 ^ 2)
        )
    end;

create macro wilson_high(k, n) as
    case
        when n > 0 then least(
            1.0,
            (
                k + 1.959963984540054 ^ 2 / 2
                + 1.959963984540054 * sqrt(k * (n - k)::double / n + 1.959963984540054 ^ 2 / 4)
            ) / (n + 1.959963984540054 ^ 2)
        )
    end;

-- A proportion as a percentage with one decimal; null where n is 0.
create macro percent(k, n) as
    case when n > 0 then round(100.0 * k / n, 1) end;
