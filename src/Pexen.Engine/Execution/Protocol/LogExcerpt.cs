using System.Text;

namespace Pexen.Execution.Protocol;

/// <summary>Reads what is to be shown of a log, in blocks of whole lines and in bounded memory.</summary>
internal static class LogExcerpt
{
    private const int BlockSize = 64 * 1024;

    /// <summary>The text to show, block by block, each without its last line end; nothing when there is no log.</summary>
    public static IEnumerable<string> Read(string log, int? lastLines)
    {
        FileStream? stream = Open(log);
        if (stream is null)
        {
            yield break;
        }

        using (stream)
        {
            if (lastLines is int count)
            {
                stream.Position = StartOfLastLines(stream, count);
            }

            using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, BlockSize);
            var block = new StringBuilder();
            while (reader.ReadLine() is string line)
            {
                if (block.Length > 0)
                {
                    block.Append('\n');
                }

                block.Append(line);
                if (block.Length >= BlockSize)
                {
                    yield return block.ToString();
                    block.Clear();
                }
            }

            if (block.Length > 0)
            {
                yield return block.ToString();
            }
        }
    }

    private static FileStream? Open(string log)
    {
        try
        {
            return new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Looks backwards for line ends, in the last blocks only: a line of a gigabyte is shown from its middle.</summary>
    private static long StartOfLastLines(FileStream stream, int count)
    {
        const int furthest = 4 * BlockSize;
        long length = stream.Length;
        long from = Math.Max(0, length - furthest);
        byte[] tail = new byte[length - from];
        stream.Position = from;
        int read = stream.ReadAtLeast(tail, tail.Length, throwOnEndOfStream: false);
        int lines = 0;
        for (int at = read - 2; at >= 0; at--)
        {
            if (tail[at] == (byte)'\n' && ++lines == count)
            {
                return from + at + 1;
            }
        }

        return from;
    }
}
